"""Names of firms: what can be one, and when two prints mean the same."""

import re
from difflib import SequenceMatcher

from extraction.labels import LEADING_MARKS, is_heading
from gst import states

COMPANY_WORDS = (
    *(
        "pvt",
        "private",
        "ltd",
        "limited",
        "llp",
        "co",
        "company",
        "corporation",
        "corp",
        "inc",
        "enterprises?",
    ),
    *("industries", "traders?", "trading", "agency", "agencies", "services?", "solutions?", "engineering"),
    *("engineers", "works", "stores?", "sons", "brothers", "bros", "associates", "motors?", "technologies"),
    *(
        "systems",
        "hotels?",
        "resorts?",
        "residency",
        "caterers",
        "restaurant",
        "foods",
        "steel",
        "electricals?",
    ),
    *("logistics", "transports?", "roadlines", "station", "society", "infra", "chemicals?", "printers?"),
    *("printing", "suppliers?", "supplies", "packaging", "imaging", "exports?", "construction", "products"),
    *(
        "international",
        "roadways",
        "carriers",
        "cargo",
        "travels",
        "tours",
        "agro",
        "mart",
        "emporium",
        "automobiles",
    ),
    *(
        "hospital",
        "clinic",
        "pharma",
        "medicals",
        "textiles",
        "garments",
        "jewellers",
        "furniture",
        "computers",
    ),
    *("infotech", "software", "power", "energy", "telecom", "petroleum", "fuels?", "security", "consultants"),
    *(
        "consultancy",
        "advisors",
        "architects",
        "communications",
        "media",
        "interiors",
        "builders",
        "developers",
    ),
)
COMPANY = re.compile(rf"\b(?:{'|'.join(COMPANY_WORDS)})\b", re.IGNORECASE)
NO_NAME_WORDS = (
    *(r"plicate\b", r"\bact\b", r"\bshop\s*no", r"township", r"\b(?:flat|unit|house|gala|office|door)\s*no"),
    *(
        "invoice",
        r"^\W*details?\s*of",
        "original",
        "duplicate",
        "triplicate",
        "gstin",
        r"gst\s?no",
        r"\bpan\b",
    ),
    *(r"\bcin\b", r"irn\b", r"ack\b", r"page\s*\d", "subject to", "mobile", r"\bmob\b", "phone", r"\btel\b"),
    *(
        "e-?mail",
        "@",
        r"www\.",
        "http",
        r"dealers?\b",
        "manufactur",
        r"plot\s*no",
        r"road\b",
        r"nagar\b(?!\s*(?:nigam|palika|parishad|panchayat))",
        "gidc",
    ),
    *("midc", r"phase\b", r"industrial\s*(?:area|estate)", r"\bcross\b", "sector", r"\blane\b", r"\bmarg\b"),
    *(r"\bopp\b", r"\bnear\b", "behind", "village", "taluka", "tehsil", "district", "received", r"\bnote\b"),
    *(
        r"memo\b",
        "floor",
        r"dist\b",
        r"\bstate\b",
        r"pin\s*code",
        "udyam",
        "msme",
        "confidential",
        "authori[sz]ed",
    ),
    *("signator", "receiver", "declaration", "terms", r"bank\b", "branch", "ifsc", "certif", "deals in"),
    *(r"\b\d{3}\s?\d{3}\b", r",\s*india\b", r"e\.?\s?&\.?\s?o", "jurisdiction", "computer generated"),
    *(r"\bdate\b", r"\bcopy\b", r"reg\.?\s*office", "specialist", r"iso\s*\d", "payment", "your business"),
    *(
        "recipient",
        r"\b(?:sale|unit|list)\s*price\b",
        r"\b(?:bill|receipt|voucher|slip|folio|id)\W*$",
        r"other than\b|\b(?:name|no|number)\W*$|^\W*a unit of\b|^\W*(?:document|period|department)\W*$",
        r"\b(?:no|number)\W*[:.]\W*\S*\d",
        r"\bin words\b|\brupees\b|\bonly\W*$",
        r"owners\s*&",
        r"order\s*supplier",
        r"\b[csiu]t?gst\b",
        "%",
        r"^\W*(?:sub\W*|grand\W*)?total\W*$",
    ),
)
"""What addresses, titles and small print hold, and names of firms do not."""
NO_NAME = re.compile("|".join(NO_NAME_WORDS), re.IGNORECASE)
CODE = re.compile(
    r"(?:\b|\d\d)[A-Z]{5}\d{4}[A-Z]|\.(?:com|in|net|org)\b|^\W*\d+\s*days\b|\b(?=(?:\w*\d){4})\w{12,}",
    re.IGNORECASE,
)
PARTY_WORD = re.compile(
    r"^[\W\d]*(?:supplier|exporter|recipient|buyer|customer|consignee|party|seller|bill)\b.{0,12}$",
    re.IGNORECASE,
)
SELLER = re.compile(
    r"^\W*(?:(?:sold|billed|issued|supplied) by|seller|supplier|exporter)\s*:\s*", re.IGNORECASE
)
ALIKE = 0.82
LEAST_KEY = 2
"""Letters that are left of a name without its legal form; ``Company`` alone names nobody."""


def is_name(text: str) -> bool:
    """Whether a text can be the name of a business."""
    letters = re.sub(r"[^A-Za-z]", "", text)
    last = re.sub(r"\d", "", text).split(",")[-1]
    if (
        is_heading(text)
        or len(name_key(text)) < LEAST_KEY
        or (last.strip() and states.find(last))
        or CODE.search(text)
        or PARTY_WORD.match(text)
    ):
        return False
    return (
        4 <= len(letters) <= 70
        and len(letters) > 0.45 * len(text.replace(" ", ""))
        and not NO_NAME.search(text)
    )


def cleaned(text: str) -> str:
    """A name without marks around it and without the year that some firms put behind it."""
    name = re.sub(r"\s+", " ", LEADING_MARKS.sub("", SELLER.sub("", text))).strip(" ,;:|-_*")
    return re.sub(r"[\s\-]*\(?\b\d{2,4}\s?-\s?\d{2,4}\)?$", "", name)


def alike(one: str, other: str) -> bool:
    """Whether two prints mean one name, legal forms and misread letters aside."""
    a, b = name_key(one), name_key(other)
    if not a or not b:
        return False
    return (min(len(a), len(b)) >= 5 and (a in b or b in a)) or SequenceMatcher(None, a, b).ratio() >= ALIKE


def name_key(name: str) -> str:
    """Letters and digits of a name without its legal form."""
    plain = re.sub(
        r"\b(?:M/?S|PVT|PRIVATE|LTD|LIMITED|LLP|CO|COMPANY)\b\.?", " ", name.upper().replace("&", " AND ")
    )
    return re.sub(r"[^A-Z0-9]", "", plain)
