from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "taizhang.settlement"
    label = "settlement"
    verbose_name = "结算"
