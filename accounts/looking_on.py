"""Admin pages for support: everything can be seen, next to nothing changed."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    Inline = admin.TabularInline[Any, Any]
else:
    ModelAdmin, Inline = admin.ModelAdmin, admin.TabularInline


class LookOnRows(Inline):
    """Rows of a record, to look at."""

    can_delete = False
    extra = max_num = 0


class LookOn(ModelAdmin):
    """A list and a page for each record, to look at.

    Records change through the desk only, where rules and the audit trail hold. ``changeable`` names the few
    columns that support may set.
    """

    changeable: ClassVar[tuple[str, ...]] = ()
    show_full_result_count = False  # lists are long
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Nobody adds."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Nobody deletes."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only where something may be changed at all."""
        return bool(self.changeable) and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:  # noqa: ARG002
        """Everything but what may be changed."""
        shown = self.fields or [column.name for column in self.opts.fields]
        return [str(name) for name in shown if name not in self.changeable]
