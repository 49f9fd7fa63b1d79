from django.apps import AppConfig


class MentalIllnessConfig(AppConfig):
    name = "taizhang.programmes.mental_illness"
    label = "mental_illness"
    verbose_name = "严重精神障碍患者管理"
