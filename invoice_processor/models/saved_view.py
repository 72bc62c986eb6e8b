"""Lists that a person comes back to."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import Organisation


class SavedView(models.Model):
    """A filtered and sorted inbox under a name, for one person in one organisation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)  # the address after its question mark
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "organisation", "name"], name="view_named_once")
        ]

    def __str__(self) -> str:
        return self.name
