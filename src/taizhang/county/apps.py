from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class CountyConfig(AppConfig):
    name = "taizhang.county"
    label = "county"
    verbose_name = "县情"

    def ready(self) -> None:
        """Take in what every line of work declares, then tie the change triggers to connections and migrations."""
        from django.conf import settings

        from taizhang.county import changes
        from taizhang.kernel.registry import registry

        registry.load([*settings.DECLARING, *settings.PROGRAMMES], county=settings.HOME.parameters)
        connection_created.connect(changes.prepare_connection, dispatch_uid="taizhang.changes.prepare")
        # Roles and scopes say who may do what; Django's own permissions, 900 rows that nothing asks for, are not made.
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
        post_migrate.connect(changes.reinstall, sender=self, dispatch_uid="taizhang.changes.reinstall")
        register(changes.check_triggers, Tags.database)
