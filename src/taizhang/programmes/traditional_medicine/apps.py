from django.apps import AppConfig


class TraditionalMedicineConfig(AppConfig):
    name = "taizhang.programmes.traditional_medicine"
    label = "traditional_medicine"
    verbose_name = "中医药健康管理"
