from django.db import migrations


def prove_addresses(apps, schema_editor):  # noqa: ARG001
    """Those who were here before addresses had rows of their own have shown theirs long ago."""
    EmailAddress = apps.get_model("account", "EmailAddress")
    users = apps.get_model("accounts", "User").objects.exclude(emailaddress__isnull=False)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users.iterator()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_judge_again"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(prove_addresses, migrations.RunPython.noop)]
