"""What is shown in JupyterLab in Chromium; one server and one browser for all of it."""
