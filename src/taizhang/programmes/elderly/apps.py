from django.apps import AppConfig


class ElderlyConfig(AppConfig):
    name = "taizhang.programmes.elderly"
    label = "elderly"
    verbose_name = "老年人健康管理"
