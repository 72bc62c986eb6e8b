"""Reading by AI models: what the organisation allows, what it cost, and how the keys are."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission
from invoice_processor.ai.policy import settings_of
from invoice_processor.ai.queue import worth_asking_again
from invoice_processor.selectors import ai as questions
from invoice_processor.services.ai import ask_again, set_settings
from web.ai_forms import AiForm
from web.desk import DeskRequest, may
from web.templatetags.desk import count


@require_http_methods(["GET", "HEAD", "POST"])
@may(Permission.ADMINISTER)
def ai(request: DeskRequest) -> HttpResponse:
    """The page with the policy."""
    present = settings_of(request.organisation.pk)
    form = AiForm(present, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        set_settings(request.organisation, request.user, **form.cleaned_data)
        messages.success(request, "What AI models may do is saved.")
        return redirect("web:settings-ai")
    jobs = questions.jobs_of(request.organisation)
    context = {
        "form": form,
        "enabled": questions.is_enabled(),
        "model": questions.model_name(),
        "server": questions.server_address(),
        "cost": questions.cost_this_month(request.organisation),
        "budget": present.monthly_budget,
        "keys": questions.key_states(),
        "waiting": questions.waiting(jobs),
        "unfinished": questions.unfinished(jobs),
        "failed": worth_asking_again(request.organisation).count(),
        "beat": questions.latest_beat(),
    }
    return render(request, "web/settings/ai.html", context)


@require_POST
@may(Permission.ADMINISTER)
def again(request: DeskRequest) -> HttpResponse:
    """Have what failed read again."""
    number = ask_again(request.organisation, request.user)
    messages.success(request, f"{count(number)} invoice{'' if number == 1 else 's'} will be read again.")
    return redirect("web:settings-ai")
