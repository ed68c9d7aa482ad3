"""Leads calls to what there is. An id that is made up finds nothing, and what lies behind would never be asked."""

import json
import os
import zlib

import schemathesis
from schemathesis.core.parameters import ParameterLocation

KNOWN = json.loads(os.environ["FUZZ_IDS"])
# Which list a member of a query or a body is an id of.
LISTS = {
    "account_id": "/v1/accounts",
    "a_account_id": "/v1/accounts",
    "b_account_id": "/v1/accounts",
    "import_id": "/v1/imports",
    "mapping_id": "/v1/imports/mappings",
    "playbook_id": "/v1/playbooks",
    "a_playbook_id": "/v1/playbooks",
    "b_playbook_id": "/v1/playbooks",
    "trade_ids": "/v1/trades",
}


@schemathesis.hook
def map_case(context, case):
    """Puts known ids in the place of three of four that the document allows; what it forbids stays as it is."""
    # Of the case itself, not of chance: a seed repeats a run.
    dice = Dice(repr((case.method, case.path, case.path_parameters, case.query, case.body)))
    if is_allowed(case, ParameterLocation.PATH) and dice.roll(4):
        lead(case, dice)
    for location, members in [(ParameterLocation.QUERY, case.query), (ParameterLocation.BODY, case.body)]:
        if isinstance(members, dict) and is_allowed(case, location):
            for name in sorted(set(members) & set(LISTS)):
                if dice.roll(4):
                    members[name] = like(members[name], KNOWN[LISTS[name]], dice)
    return case


def is_allowed(case, location):
    component = case.meta.components.get(location) if case.meta else None
    return component is not None and component.mode.is_positive


def lead(case, dice):
    """Sets the id of the path: of what may be deleted, if that is what is asked for."""
    listing, _, rest = case.path.partition("/{id}")
    known = KNOWN.get(f"spare{listing}" if case.method == "DELETE" and not rest else listing)
    if known and "id" in case.path_parameters:
        case.path_parameters["id"] = dice.pick(known)


def like(value, known, dice):
    """One id for one, and as many as there were for several."""
    if isinstance(value, list):
        return [dice.pick(known) for _ in value]
    return dice.pick(known) if isinstance(value, str) else value


class Dice:
    """Numbers that follow from a text."""

    def __init__(self, text):
        self.text = text
        self.rolled = 0

    def number(self):
        self.rolled += 1
        return zlib.crc32(f"{self.rolled}{self.text}".encode("utf-8", "surrogatepass"))

    def roll(self, sides):
        """False once in as many throws as there are sides."""
        return self.number() % sides != 0

    def pick(self, known):
        return known[self.number() % len(known)]
