from django.apps import AppConfig


class CopdConfig(AppConfig):
    name = "taizhang.programmes.copd"
    label = "copd"
    verbose_name = "慢阻肺患者健康服务"
