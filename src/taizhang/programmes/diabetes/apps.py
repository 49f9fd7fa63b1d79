from django.apps import AppConfig


class DiabetesConfig(AppConfig):
    name = "taizhang.programmes.diabetes"
    label = "diabetes"
    verbose_name = "2型糖尿病患者健康管理"
