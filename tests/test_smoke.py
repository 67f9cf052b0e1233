from tests.support import TestWorld


def test_everything_answers(world: TestWorld) -> None:
    for path in ("/v1/users", "/v1/accounts?limit=100", "/v1/work-platforms?limit=100"):
        assert world.insightiq("GET", path).status_code == 200
    campaigns = world.storyclash("/external-api/campaigns").json()
    for campaign in campaigns:
        assert "posts" in world.storyclash(f"/external-api/campaign/{campaign['id']}").json()
    assert "errors" not in world.archive("{mediaItems{totalCount}}")
    assert world.insightiq("GET", "/v1/nope").status_code == 404
    assert world.insightiq("PUT", "/v1/users").status_code == 405
