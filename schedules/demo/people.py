"""Who works in the sample restaurants."""

from dataclasses import dataclass
from uuid import UUID, uuid5

RESTAURANT_ID = UUID("e1661c71-b24f-4ee1-9e8b-7290a43c9575")
RESTAURANT_NAME = "和食処 みなと"
OTHER_RESTAURANT_ID = uuid5(RESTAURANT_ID, "other")
OTHER_RESTAURANT_NAME = "Trattoria Aurora"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the sample staff. ``status`` decides what a blank cell means."""

    name: str
    position: str
    department: str
    status: str

    @property
    def id(self) -> UUID:
        """The same in every installation."""
        return uuid5(RESTAURANT_ID, f"staff:{self.name}")


PEOPLE = (
    Person("料理長 井関", "料理長", "キッチン", "社員"),
    Person("与儀", "副料理長", "キッチン", "社員"),
    Person("田辺", "焼き場", "キッチン", "社員"),
    Person("古藤", "煮方", "キッチン", "社員"),
    Person("小池", "板場", "キッチン", "社員"),
    Person("岸", "板場", "キッチン", "社員"),
    Person("野口", "洗い場", "キッチン", "派遣"),
    Person("カマル", "洗い場", "キッチン", "派遣"),
    Person("高野", "洗い場", "キッチン", "パート"),
    Person("安井", "仕込み", "キッチン", "パート"),
    Person("中田", "店長", "ホール", "社員"),
    Person("田中", "ホール主任", "ホール", "社員"),
    Person("佐藤", "ホール", "ホール", "社員"),
    Person("鈴木", "ホール", "ホール", "派遣"),
    Person("高橋", "ホール", "ホール", "パート"),
    Person("伊藤", "ホール", "ホール", "パート"),
    Person("渡辺", "ホール", "ホール", "パート"),
)
OTHER_PEOPLE = ("Rossi", "Bianchi", "Verdi")
