from django.apps import AppConfig


class FamilyDoctorConfig(AppConfig):
    name = "taizhang.programmes.family_doctor"
    label = "family_doctor"
    verbose_name = "家庭医生签约服务"
