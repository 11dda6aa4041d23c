from evenhand.sample.guests import guests_of, invitation, keep_guests, kept_guests

HERE = "http://127.0.0.1:8000"


def test_the_invitation_is_a_table_of_labels_names_and_links(organization):
    guests = guests_of(organization)
    lines = invitation(guests, HERE).splitlines()

    assert len(lines) == 8
    assert len({line.index(HERE) for line in lines}) == 1
    assert max(map(len, lines)) <= 100
    for guest, line in zip(guests, lines, strict=True):
        assert line.split("  ")[1] == guest.label
        assert guest.name in line
        assert line.endswith(f"{HERE}/sign-in/demo/{guest.number}/")


def test_guests_are_remembered(organization, tmp_path):
    guests, place = guests_of(organization), tmp_path / "guests.json"
    assert kept_guests(place) == ()

    keep_guests(guests, place)

    assert kept_guests(place) == guests
