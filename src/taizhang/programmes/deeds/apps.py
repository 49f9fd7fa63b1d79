from django.apps import AppConfig


class DeedsConfig(AppConfig):
    name = "taizhang.programmes.deeds"
    label = "deeds"
    verbose_name = "工作纪实"
