from django.apps import AppConfig


class ImmunisationConfig(AppConfig):
    name = "taizhang.programmes.immunisation"
    label = "immunisation"
    verbose_name = "免疫规划"

    def ready(self) -> None:
        from taizhang.county.touched import follow
        from taizhang.programmes.immunisation import following

        follow(following.follow_write)
