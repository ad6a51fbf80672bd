"""The check of links measured beside its peers: a site with known faults, a server, and runners."""
