"""Why a download failed, in words: which part of the way to the mirror is at fault, and what to change there."""

import os

BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy")


def answer(error):
    """Say why a request failed; an address of a proxy is never quoted, since it may hold a password."""
    import requests
    from requests import exceptions

    if isinstance(error, requests.HTTPError):
        return f"HTTP {error.response.status_code}"
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, exceptions.ChunkedEncodingError):
        return "the connection broke off"
    if isinstance(error, exceptions.ProxyError):
        return _of_proxy(str(error))
    if isinstance(error, exceptions.SSLError):
        return _of_certificate(str(error))
    if isinstance(error, requests.ConnectionError):
        unknown = "NameResolution" in str(error) or "getaddrinfo" in str(error)
        return "its name cannot be looked up: is this machine online?" if unknown else "cannot be reached"
    if isinstance(error, exceptions.InvalidURL | exceptions.InvalidSchema):
        return f"{_proxy()} is not the address of a proxy that can be used here. It must look like http://HOST:PORT"
    if "certificate" in str(error):
        return f"{_bundle()}, which is not there. Correct it, or unset it"
    return type(error).__name__


def _of_proxy(text):
    """Say what is wrong with a proxy."""
    if "407" in text:
        return (
            f"the proxy wants another user and password than {_proxy()} has. It must look like "
            "http://USER:PASSWORD@HOST:PORT, with %40 for @ and %23 for # in the password"
        )
    if "Tunnel connection failed" in text:
        return f"the proxy of {_proxy()} does not let this address through. Ask those who run it, or fetch elsewhere"
    return (
        f"the proxy of {_proxy()} cannot be reached. Correct it (in a password, write %40 for @ and %23 for #), or "
        "unset it if this network needs none"
    )


def _of_certificate(text):
    """Say what is wrong with a certificate."""
    if "not yet valid" in text or "has expired" in text:
        return "its certificate is not valid at this date. Is the clock of this machine right?"
    if "X509" in text:
        return f"{_bundle()}, which holds no certificate. Correct it, or unset it"
    if "CERTIFICATE_VERIFY_FAILED" not in text:
        return "what answers there speaks no TLS: a proxy or the login page of a network may stand between"
    is_set = any(map(os.environ.get, BUNDLES))
    advice = f"{_bundle()}: set it" if is_set else f"Set {BUNDLES[0]}"
    return (
        "its certificate is not trusted here: a proxy or a virus scanner may read along. "
        f"{advice} to the file (.pem) that holds your network's certificate as well"
    )


def _proxy():
    """Return where the proxy was named."""
    return next((name for name in PROXIES if os.environ.get(name)), "your system's settings")


def _bundle():
    """Return which file of certificates was named, and where."""
    name = next((name for name in BUNDLES if os.environ.get(name)), BUNDLES[0])
    return f"{name} names {os.environ.get(name)}"
