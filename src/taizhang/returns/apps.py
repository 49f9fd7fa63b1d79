from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "taizhang.returns"
    label = "returns"
    verbose_name = "报表"
