"""The table of Django's cache, which all processes share."""

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def create(_: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the table unless it is there."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("invoice_processor", "0006_ai_reading")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
