from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "taizhang.summaries.desk"
    label = "desk"
    verbose_name = "起草台"
