"""What tokens cost, by a maintained table of prices (genai-prices); an estimate, never an invoice."""

from decimal import Decimal

from extraction.ai.errors import Usage

PROVIDERS = {"google": "google"}
"""Provider ids of the table; others are found by their address."""


def cost(provider: str, model: str, base_url: str | None, usage: Usage) -> Decimal | None:
    """The price in US dollars; None for a model that has none in the table, such as one's own."""
    from genai_prices import Usage as Tokens  # noqa: PLC0415 - without a key nothing of it is loaded
    from genai_prices import calc_price  # noqa: PLC0415

    tokens = Tokens(input_tokens=usage.input_tokens, output_tokens=usage.output_tokens)
    try:
        if provider in PROVIDERS:
            found = calc_price(tokens, model, provider_id=PROVIDERS[provider])
        elif base_url:
            found = calc_price(tokens, model, provider_api_url=base_url)
        else:
            return None
    except (LookupError, ValueError):  # the second: tokens as nobody can have used them
        return None
    return Decimal(found.total_price)
