"""Which units are sorts of a more general one: fighters are aircraft, nurses are persons."""


def _units(names: str) -> frozenset[str]:
    return frozenset(name.strip().replace("_", " ") for name in names.split())


# All are the grammar's own names of units: singular, lower case, British.
KINDS_OF: dict[str, frozenset[str]] = {
    "aircraft": _units(
        "fighter bomber plane aeroplane airplane transport seaplane glider helicopter trainer"
        " interceptor"
    ),
    "ship": _units(
        "freighter tanker tug cruiser destroyer battleship submarine frigate gunboat steamer"
        " trawler collier schooner barge minesweeper transport vessel liner carrier corvette boat"
    ),
    "vehicle": _units("truck lorry car van bus ambulance tractor motorcycle jeep cart"),
    "animal": _units(
        "horse mule ox cow sheep goat pig camel donkey bull calf hen chicken duck goose"
    ),
    "gun": _units("howitzer cannon mortar field_gun anti-aircraft_gun machine_gun"),
    "person": _units(
        "man woman boy girl male female child adult officer soldier sailor pilot civilian nurse"
        " doctor engineer worker teacher clerk cook private sergeant rank personnel labourer"
        " peasant pupil student refugee prisoner volunteer adviser specialist"
    ),
}
# Units that a whole of persons and its parts are counted in, whichever of them is the general one.
PEOPLE = KINDS_OF["person"] | _units(
    "person employee inhabitant soul voter member passenger patient resident farmer"
)
_SAME_AS = {
    "vessel": "ship", "plane": "aircraft", "aeroplane": "aircraft", "airplane": "aircraft",
    "beast": "animal", "head": "animal", "soul": "person", "inhabitant": "person",
    "student": "person", "pupil": "person", "worker": "person", "employee": "person",
    "member": "person", "passenger": "person", "prisoner": "person", "refugee": "person",
    "resident": "person", "casualty": "person", "victim": "person", "volunteer": "person",
    "specialist": "person", "artillery piece": "gun", "machine": "vehicle",
}  # fmt: skip
_COUNTED_TOGETHER = ("aircraft", "ship", "vehicle", "animal")


def is_kind_of(part: str | None, whole: str | None) -> bool:
    """Whether a unit is one of the sorts of a more general one: fighters are aircraft."""
    if part is None or whole is None or part == whole:
        return False
    return part in KINDS_OF.get(_SAME_AS.get(whole, whole), ())


def general(unit: str | None) -> str | None:
    """The general unit that the figures of a matter can be counted in."""
    for whole in _COUNTED_TOGETHER:
        if unit in KINDS_OF[whole]:
            return whole
    return unit
