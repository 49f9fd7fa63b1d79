from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "taizhang.worklist"
    label = "worklist"
    verbose_name = "待办"

    def ready(self) -> None:
        from taizhang.county.touched import follow
        from taizhang.ledger.consumer import each_day
        from taizhang.worklist import listing

        follow(listing.follow_write)
        each_day(listing.roll)
