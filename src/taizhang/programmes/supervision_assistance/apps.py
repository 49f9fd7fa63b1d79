from django.apps import AppConfig


class SupervisionAssistanceConfig(AppConfig):
    name = "taizhang.programmes.supervision_assistance"
    label = "supervision_assistance"
    verbose_name = "卫生监督协管"
