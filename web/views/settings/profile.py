"""Who one is: name and picture."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.selectors import pictures_seen_by
from accounts.services import people, pictures
from web.desk import PersonRequest, person
from web.settings_forms import ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
@person
def profile(request: PersonRequest) -> HttpResponse:
    """Name, picture, and what else can be changed elsewhere."""
    form = ProfileForm(request.POST or None, initial={"full_name": request.user.get_full_name()})
    if request.method == "POST" and form.is_valid():
        people.rename(request.user, form.cleaned_data["full_name"])
        messages.success(request, "Your name is changed.")
        return redirect("web:settings-profile")
    return render(request, "web/settings/profile.html", {"form": form})


@require_POST
@person
def set_picture(request: PersonRequest) -> HttpResponse:
    """Keep a picture."""
    if (file := request.FILES.get("picture")) and file.file:
        try:
            pictures.set_picture(request.user, file.file)
        except pictures.NotAPicture as problem:
            messages.error(request, str(problem))
    else:
        messages.error(request, "No picture was chosen.")
    return redirect("web:settings-profile")


@require_POST
@person
def remove_picture(request: PersonRequest) -> HttpResponse:
    """Forget the picture."""
    pictures.remove_picture(request.user)
    return redirect("web:settings-profile")


@require_safe
@person
def picture(request: PersonRequest, pk: int) -> HttpResponse:
    """The picture of oneself or a colleague."""
    picture = get_object_or_404(pictures_seen_by(request.user), user=pk)
    headers = {"Cache-Control": "private, max-age=300", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(bytes(picture.content), content_type="image/jpeg", headers=headers)
