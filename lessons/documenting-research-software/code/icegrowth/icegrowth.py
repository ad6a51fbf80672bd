"""Estimate how thick the ice on a lake is from daily air temperatures.

The estimate follows Stefan's rule: ice grows with the square root of the sum
of frost. Snow, wind and currents are left out, so it is a first guess only.
"""

import math


def frost_sum(temperatures):
    """Add up how far the daily means lie below zero.

    Parameters
    ----------
    temperatures : iterable of float
        Daily mean air temperatures in degrees Celsius, one for each day.

    Returns
    -------
    float
        The sum of frost in degree days, never negative. Days above zero
        count nothing.

    Examples
    --------
    >>> frost_sum([-5.0, -10.0, 2.0])
    15.0
    """
    return sum(max(0.0, -temperature) for temperature in temperatures)


def thickness(temperatures, factor=2.0):
    """Estimate the thickness of lake ice by Stefan's rule.

    Parameters
    ----------
    temperatures : iterable of float
        Daily mean air temperatures in degrees Celsius, since the lake froze.
    factor : float
        Centimetres of ice for each square root of a degree day. Fit it to
        measurements of your own lake; snow makes it smaller.

    Returns
    -------
    float
        The thickness in centimetres.

    Raises
    ------
    ValueError
        If the factor is not positive.

    Examples
    --------
    >>> thickness([-5.0, -10.0, 2.0, -10.0])
    10.0
    """
    if factor <= 0:
        raise ValueError(f"factor must be positive, found {factor}")
    # Melting is not part of Stefan's rule: a warm day stops growth, nothing more.
    return factor * math.sqrt(frost_sum(temperatures))
