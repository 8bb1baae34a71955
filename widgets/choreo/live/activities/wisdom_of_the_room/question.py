"""What a room can estimate: five questions with their truth, and what a coach can set about one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from choreo.live.activity import Settings

LARGEST = 1e12
Amount = Annotated[float, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]

QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "question": "How long is the Danube, from its source to its mouth?",
        "unit": "km",
        "truth": 2850,
        "least": 10,
        "most": 100_000,
        "source": "Encyclopaedia Britannica, Danube River",
    },
    {
        "question": "How far is it from Berlin to Lisbon as the crow flies?",
        "unit": "km",
        "truth": 2312,
        "least": 10,
        "most": 100_000,
        "source": "great-circle distance from 52.520° N 13.405° E to 38.722° N 9.139° W",
    },
    {
        "question": "In which year did the first underground railway open, in London?",
        "unit": "",
        "truth": 1863,
        "least": 1600,
        "most": 2000,
        "source": "London Transport Museum: the Metropolitan Railway, 10 January 1863",
    },
    {
        "question": "How many bones does a grown-up person have?",
        "unit": "bones",
        "truth": 206,
        "least": 1,
        "most": 10_000,
        "source": "Encyclopaedia Britannica, human skeleton",
    },
    {
        "question": "How many islands does Sweden have?",
        "unit": "islands",
        "truth": 267_570,
        "least": 1,
        "most": 1_000_000_000,
        "factors": True,
        "source": "Statistics Sweden, Coast, shores and islands in Sweden 2013",
    },
)


class WisdomOfTheRoomSettings(Settings):
    """What is to be estimated, what is true, and whose estimates people see before they estimate again."""

    model_config = ConfigDict(json_schema_extra={"examples": list(QUESTIONS)})

    question: Annotated[str, Field(min_length=1, max_length=200, description="What is estimated")] = QUESTIONS[0][
        "question"
    ]
    unit: Annotated[str, Field(max_length=20, description="Unit, such as km or people (none for a year)")] = QUESTIONS[
        0
    ]["unit"]
    truth: Annotated[Amount, Field(description="True value, which the phones do not know")] = QUESTIONS[0]["truth"]
    source: Annotated[str, Field(max_length=200, description="Where one can look it up")] = QUESTIONS[0]["source"]
    least: Annotated[Amount, Field(description="Lowest estimate that is taken. So low that it gives nothing away.")] = (
        10
    )
    most: Annotated[
        Amount, Field(description="Highest estimate that is taken. So high that it gives nothing away.")
    ] = 1e5
    factors: Annotated[bool, Field(description="Errors count in factors: half, double, ten times")] = False
    sees: Annotated[
        Literal["some", "middle", "one"],
        Field(
            description="What people see before they estimate again. Some: of four others; middle: the middle one of all; "
            "one: of a single person."
        ),
    ] = "some"

    @model_validator(mode="before")
    @classmethod
    def _own_question(cls, data: Any) -> Any:
        """A question of one's own does not inherit the default question's unit and source."""
        if isinstance(data, dict) and data.get("question", QUESTIONS[0]["question"]) != QUESTIONS[0]["question"]:
            if "truth" not in data:
                raise ValueError("a question of your own needs its true value")
            return {"unit": "", "source": ""} | data
        return data

    @model_validator(mode="after")
    def _fits(self) -> WisdomOfTheRoomSettings:
        if not self.least < self.truth < self.most:
            raise ValueError("the truth must lie between the lowest and the highest estimate allowed")
        if self.factors and self.least <= 0:
            raise ValueError("errors in factors need a lowest estimate above 0")
        return self
