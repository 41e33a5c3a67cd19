"""Linear regression sets of NIST's Statistical Reference Datasets that are hardest on arithmetic,
with certified coefficients and standard errors (www.itl.nist.gov/div898/strd, public domain)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tests.unit.baselines.exact_fit import Certified, Floats


class Reference(NamedTuple):
    """A set without its column of ones, and what NIST certifies."""

    design: Floats
    target: Floats
    certified: Certified


def _numbers(text: str) -> Floats:
    return np.array(text.split(), float)


# y of Wampler 3 less the polynomial that Wampler 1 fits exactly.
WAMPLER_RESIDUALS = _numbers(
    """
    759 -2048 2048 -2048 2523 -2048 2048 -2048 1838 -2048 2048
    -2048 1838 -2048 2048 -2048 2523 -2048 2048 -2048 759
    """
)
WAMPLER_ERRORS = _numbers(
    """
    2152.32624678170 2363.55173469681 779.343524331583
    101.475507550350 5.64566512170752 0.112324854679312
    """
)
FILIP_TARGET = _numbers(
    """
    .8116 .9072 .9052 .9039 .8053 .8377 .8667 .8809 .7975 .8162 .8515 .8766 .8885 .8859 .8959 .8913
    .8959 .8971 .9021 .909 .9139 .9199 .8692 .8872 .89 .891 .8977 .9035 .9078 .7675 .7705 .7713
    .7736 .7775 .7841 .7971 .8329 .8641 .8804 .7668 .7633 .7678 .7697 .77 .7749 .7796 .7897 .8131
    .8498 .8741 .8061 .846 .8751 .8856 .8919 .8934 .894 .8957 .9047 .9129 .9209 .9219 .7739 .7681
    .7665 .7703 .7702 .7761 .7809 .7961 .8253 .8602 .8809 .8301 .8664 .8834 .8898 .8964 .8963 .9074
    .9119 .9228
    """
)
FILIP_DRIVER = -_numbers(
    """
    6.860120914 4.324130045 4.358625055 4.358426747 6.955852379 6.661145254 6.355462942 6.118102026
    7.115148017 6.815308569 6.519993057 6.204119983 5.853871964 6.109523091 5.79832982 5.482672118
    5.171791386 4.851705903 4.517126416 4.143573228 3.709075441 3.499489089 6.300769497 5.953504836
    5.642065153 5.031376979 4.680685696 4.329846955 3.928486195 8.56735134 8.363211311 8.107682739
    7.823908741 7.522878745 7.218819279 6.920818754 6.628932138 6.323946875 5.991399828 8.781464495
    8.663140179 8.473531488 8.247337057 7.971428747 7.676129393 7.352812702 7.072065318 6.774174009
    6.478861916 6.159517513 6.835647144 6.53165267 6.224098421 5.910094889 5.598599459 5.290645224
    4.974284616 4.64454848 4.290560426 3.885055584 3.408378962 3.13200249 8.726767166 8.66695597
    8.511026475 8.165388579 7.886056648 7.588043762 7.283412422 6.995678626 6.691862621 6.392544977
    6.067374056 6.684029655 6.378719832 6.065855188 5.752272167 5.132414673 4.811352704 4.098269308
    3.66174277 3.2644011
    """
)
FILIP = Certified(
    _numbers(
        """
        -1467.48961422980 -2772.17959193342 -2316.37108160893 -1127.97394098372
        -354.478233703349 -75.1242017393757 -10.8753180355343 -1.06221498588947
        -0.0670191154593408 -0.00246781078275479 -0.0000402962525080404
        """
    ),
    _numbers(
        """
        298.084530995537 559.779865474950 466.477572127796 227.204274477751
        71.6478660875927 15.2897178747400 2.23691159816033 0.221624321934227
        0.0142363763154724 0.000535617408889821 0.00000896632837373868
        """
    ),
)


def powers(driver: Floats, degree: int) -> Floats:
    return np.column_stack([driver**power for power in range(1, degree + 1)])


def filip() -> Reference:
    return Reference(powers(FILIP_DRIVER, 10), FILIP_TARGET, FILIP)


def wampler(times_residuals: float) -> Reference:
    """Wampler 1, 3, 4, 5: a polynomial with all coefficients 1, and 0, 1, 100, 10000 times the
    residuals."""
    design = powers(np.arange(21.0), 5)
    target = 1 + design.sum(axis=1) + times_residuals * WAMPLER_RESIDUALS
    return Reference(design, target, Certified(np.ones(6), times_residuals * WAMPLER_ERRORS))


def wampler2() -> Reference:
    """A polynomial whose coefficients are powers of a tenth; y with five decimals, as published."""
    design = powers(np.arange(21.0), 5)
    tenths = 10.0 ** -np.arange(6)
    target = np.round(tenths[0] + design @ tenths[1:], 5)
    return Reference(design, target, Certified(tenths, np.zeros(6)))


HARDEST = {
    "Filip": filip(),
    "Wampler1": wampler(0),
    "Wampler2": wampler2(),
    "Wampler3": wampler(1),
    "Wampler4": wampler(100),
    "Wampler5": wampler(10_000),
}
