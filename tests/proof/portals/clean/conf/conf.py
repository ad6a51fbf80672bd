extensions = ["guildhall"]
html_extra_path = ["extra"]
