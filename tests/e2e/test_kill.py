"""A run that is killed at any moment, and run again, leaves what it would have left without the kill."""

import os
import unittest

import drops
from drops import DAY
from processes import ProcessTest

NEXT_DAY = "2026-11-21"
SOURCES = ("caf931", "caf932")


class KillTest(ProcessTest):
    sources = SOURCES

    def check_kills(self, day, delays):
        """Kills runs of one night, on copies, and compares what the runs after them leave.

        The moments: whenever the run says that it has got somewhere, and so many others spread over the time it takes.
        """
        expected = self.copy()
        code, seconds, lines = self.run_whole(expected, day)
        self.assertIn(code, (0, 3))
        wanted = self.outcome(expected)
        moments = [{"lines": n, "seconds": 0.002 * (n % 3)} for n in range(1, lines)]
        moments += [{"seconds": seconds * (n + 0.5) / delays} for n in range(delays)]
        killed = 0
        for moment in moments:
            with self.subTest(**moment):
                vigie = self.copy()
                killed += self.kill_after(self.start(vigie, day), **moment)
                if os.path.exists(vigie.path("vigie.db")):
                    vigie.lists()
                self.assertEqual(self.run_whole(vigie, day)[0], code)
                self.assert_same(wanted, self.outcome(vigie))
                vigie.close()
        self.assertGreater(killed, len(moments) // 2, "most runs ended before they were killed")

    def test_the_second_night(self):
        """2,000 accounts and a small source, on a night that brings changes, closings and mails."""
        self.next_night(DAY, NEXT_DAY, dict(zip(SOURCES, (2000, 100))))
        self.check_kills(NEXT_DAY, delays=14)

    def test_the_first_night(self):
        """Where the store is only being made, and one drop is refused."""
        self.vigie.drop(drops.faulty_drop(), source=SOURCES[0])
        self.vigie.drop(drops.faulty_drop() | {"groupes": ""}, source=SOURCES[1])
        self.check_kills(DAY, delays=4)


if __name__ == "__main__":
    unittest.main()
