extensions = ["guildhall"]
html_extra_path = ["extra"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
