"""Users against a dictionary: any sequence of calls leaves the two alike."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.insightiq.support import NOBODY, assert_refused, create_user, everything, segment
from tests.support import Server

external_ids = st.sampled_from(["ada", "Ada", "a/b", "..", "ä\n\0%"]) | st.text(min_size=1, max_size=20)


class Users(RuleBasedStateMachine):
    """`self.model` holds the users that exist, by external id, in the order of their creation."""

    server: Server  # of the test that runs the machine

    def __init__(self) -> None:
        super().__init__()
        self.world = self.server.world(recipe="empty")
        self.model: dict[str, dict[str, Any]] = {}

    def teardown(self) -> None:
        self.world.control("DELETE")

    @rule(external_id=external_ids, name=st.text(max_size=10))
    def create(self, external_id: str, name: str) -> None:
        if external_id in self.model:
            body = {"name": name, "external_id": external_id}
            refused = self.world.insightiq("POST", "/v1/users", json=body)
            assert_refused(refused, 400, "user_exists_with_external_id")
        else:
            self.model[external_id] = create_user(self.world, external_id, name)

    @rule(external_id=external_ids)
    def get(self, external_id: str) -> None:
        by_external_id = self.world.insightiq("GET", f"/v1/users/external_id/{segment(external_id)}")
        known = self.model.get(external_id)
        by_id = self.world.insightiq("GET", f"/v1/users/{known['id'] if known else NOBODY}")
        if known:
            assert by_external_id.json() == by_id.json() == known
        else:
            assert_refused(by_external_id, 404, "incorrect_user_id")
            assert_refused(by_id, 404, "incorrect_user_id")

    @rule(external_id=external_ids)
    def find(self, external_id: str) -> None:
        found = self.world.insightiq("GET", "/v1/users", params={"external_id": external_id}).json()["data"]
        assert found == ([self.model[external_id]] if external_id in self.model else [])

    @rule(seconds=st.integers(1, 3600))
    def wait(self, seconds: int) -> None:
        self.world.advance(by=seconds)

    @rule()
    def reset(self) -> None:
        self.world.control("POST", "/reset")
        self.model.clear()

    @invariant()
    def the_list_has_the_users_of_the_model_newest_first(self) -> None:
        listed = everything(self.world, "/v1/users")
        assert {user["external_id"]: user for user in listed} == self.model
        assert len(listed) == len(self.model)
        assert [user["created_at"] for user in listed] == sorted((user["created_at"] for user in listed), reverse=True)


def test_any_sequence_of_calls_leaves_the_users_that_a_dictionary_would_hold(server: Server) -> None:
    machine = type("UsersOfTheServer", (Users,), {"server": server})
    run_state_machine_as_test(machine, settings=settings(max_examples=30, stateful_step_count=20))
