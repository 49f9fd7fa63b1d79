from django.apps import AppConfig


class HypertensionConfig(AppConfig):
    name = "taizhang.programmes.hypertension"
    label = "hypertension"
    verbose_name = "高血压患者健康管理"
