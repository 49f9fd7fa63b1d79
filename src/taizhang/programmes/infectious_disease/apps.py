from django.apps import AppConfig


class InfectiousDiseaseConfig(AppConfig):
    name = "taizhang.programmes.infectious_disease"
    label = "infectious_disease"
    verbose_name = "传染病报告和处理"
