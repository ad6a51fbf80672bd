def calc(t, f=2.0):
    # loop over t
    s = 0
    for x in t:
        # if x is smaller than 0
        if x < 0:
            s -= x
    return f * s**0.5
