from django.apps import AppConfig


class MaternalConfig(AppConfig):
    name = "taizhang.programmes.maternal"
    label = "maternal"
    verbose_name = "孕产妇健康管理与妇幼健康"
