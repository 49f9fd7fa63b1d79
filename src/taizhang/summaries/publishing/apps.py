from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "taizhang.summaries.publishing"
    label = "publishing"
    verbose_name = "印发"
