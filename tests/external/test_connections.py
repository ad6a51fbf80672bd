"""Certificates, HTTP/2, names, several addresses, proxies, and where no request may go."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator

import httpcore
import pytest

from guildhall.check.external.addresses import is_public_ip, names_local_host
from guildhall.check.external.transport import first_connected

from .checking import PRIVATE, PUBLIC, QUIET, Names, check, kind, result
from .http2 import Http2Server
from .server import Server, answer, garbage, page, redirect

ASKED_TOO = QUIET.model_copy(update={"private": True})


class TestCertificates:
    @pytest.mark.parametrize(
        ("name", "expected", "detail"),
        [
            ("good", "ok", ""),
            ("expired", "tls-expired", "its certificate has expired"),
            ("other-host", "tls-wrong-host", "its certificate is for another host"),
            ("self-signed", "tls-self-signed", "its certificate is self-signed"),
            ("unknown-issuer", "tls-unknown-issuer", "unable to get local issuer certificate"),
        ],
    )
    def test_each_fault_is_told_apart(self, name: str, expected: str, detail: str):
        with Server({"/": page("fine")}, tls=name) as server:
            outcome = result(server.url("/")).outcome
            assert (outcome.kind, outcome.detail) == (expected, detail)

    def test_a_host_without_tls_is_broken(self):
        with Server({"/": garbage}) as server:
            assert kind(server.url("/").replace("http:", "https:")) == "tls-broken"

    def test_it_is_asked_once(self):
        with Server({"/": page("fine")}, tls="expired") as server:
            kind(server.url("/"))
            assert server.seen.requests == []

    def test_a_redirect_to_a_host_without_a_valid_one_says_so(self):
        with Server({"/": page("fine")}, tls="expired") as bad, Server({}) as server:
            server.routes["/"] = redirect(302, bad.url("/"))
            outcome = result(server.url("/")).outcome
            assert outcome.kind == "tls-expired"
            assert outcome.detail.endswith(f"after a redirect to {bad.url('/')}")

    def test_a_secure_page_that_leads_to_an_insecure_one_is_told(self):
        with Server({"/": page("fine")}) as plain, Server({}, tls="good") as server:
            server.routes["/"] = redirect(301, plain.url("/"))
            assert kind(server.url("/")) == "redirected-to-http"


class TestHttp2:
    """Against a server of the library h2, which the client's own connections don't share."""

    @pytest.fixture
    def server(self) -> Iterator[Http2Server]:
        with Http2Server() as running:
            yield running

    def test_it_is_used_where_it_is_offered(self, server: Http2Server):
        addresses = [server.url(f"/{number}") for number in range(20)]
        found = check([*addresses, server.url("/404"), server.url("/page#there")])
        kinds = [each.outcome.kind for each in found.results]
        assert kinds.count("ok") == 21
        assert kinds.count("not-found") == 1
        assert server.protocols == {"h2"}
        assert server.connections == 1

    def test_http_1_is_used_where_http_2_is_broken(self, server: Http2Server):
        server.breaks = True
        assert kind(server.url("/1")) == "ok"
        assert server.protocols == {"h2", "http/1.1"}


class TestNames:
    def test_a_name_that_does_not_exist(self):
        names = Names()
        with Server({"/": page("")}) as server:
            found = check(["http://nowhere.test/", server.url("/")], resolve=names)
            assert [each.outcome.kind for each in found.results] == ["no-such-host", "ok"]
        assert names.asked.count("nowhere.test") == 1

    def test_a_name_of_which_nobody_knows_may_be_known_tomorrow(self):
        names = Names(broken_test=socket.gaierror(socket.EAI_AGAIN, "try again"))
        with Server({"/": page("")}) as server:
            found = check(["http://broken.test/", server.url("/")], resolve=names)
            assert [each.outcome.kind for each in found.results] == ["dns-failed", "ok"]

    def test_a_name_is_looked_up_once_a_run(self):
        names = Names()
        with Server({f"/{number}": page("") for number in range(9)}) as server:
            check([server.url(f"/{number}") for number in range(9)], resolve=names)
        assert names.asked == ["one.example"]

    def test_a_port_that_takes_no_connection(self):
        with socket.socket() as free, Server({"/": page("")}) as server:
            free.bind((PUBLIC, 0))
            closed = f"http://two.example:{free.getsockname()[1]}/"
            found = check([closed, server.url("/")])
            assert {each.outcome.kind for each in found.results} == {"refused", "ok"}


def test_connections_to_hosts_that_are_done_are_closed():
    settings = QUIET.model_copy(update={"concurrency": 4, "connections": 64})
    with Server({"/": page("")}) as server:
        found = check([server.url("/", f"h{number}.example") for number in range(60)], settings)
        assert {each.outcome.kind for each in found.results} == {"ok"}
        # Eight hosts keep theirs, four are asked, and closing takes the server a moment.
        assert server.seen.most_connections < 30


def test_a_connection_serves_many_requests():
    settings = QUIET.model_copy(update={"connections": 2})
    with Server({f"/{number}": page("") for number in range(30)}) as server:
        check([server.url(f"/{number}") for number in range(30)], settings)
        assert server.seen.most_connections <= 2


class TestSeveralAddresses:
    """After RFC 8305, the next one is tried beside one that is slow, and after one that fails."""

    def connect(self, **answers: float | Exception) -> list[str]:
        """The address that won and those that were tried, for what each does after a while."""
        tried: list[str] = []

        class Stream(httpcore.AsyncNetworkStream):
            def __init__(self, name: str) -> None:
                self.name = name

            async def aclose(self) -> None:
                tried.append(f"closed {self.name}")

        async def connect(name: str) -> httpcore.AsyncNetworkStream:
            tried.append(name)
            answer = answers[name]
            if isinstance(answer, Exception):
                raise answer
            await asyncio.sleep(answer)
            return Stream(name)

        async def run() -> str:
            stream = await first_connected(connect, list(answers), after=0.01)
            assert isinstance(stream, Stream)
            return stream.name

        return [asyncio.run(run()), *tried]

    def test_the_first_that_answers_is_enough(self):
        assert self.connect(a=0.0, b=0.0) == ["a", "a"]

    def test_the_second_is_tried_where_the_first_is_slow(self):
        assert self.connect(a=30.0, b=0.0) == ["b", "a", "b"]

    def test_the_second_is_tried_where_the_first_fails(self):
        assert self.connect(a=OSError("no route"), b=0.0) == ["b", "a", "b"]

    def test_the_first_error_is_told_where_all_fail(self):
        with pytest.raises(OSError, match="no route"):
            self.connect(a=OSError("no route"), b=OSError("refused"))


class TestPrivateNetworks:
    """A page of somebody else's must not make us ask what only this machine can reach."""

    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
            "100.64.0.1", "224.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
            "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        ],
    )  # fmt: skip
    def test_such_addresses_are_known(self, address: str):
        assert not is_public_ip(address)

    @pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1"])
    def test_others_are_public(self, address: str):
        assert is_public_ip(address)

    @pytest.mark.parametrize("host", ["localhost", "a.LOCALHOST", "127.0.0.1", "[::1]"])
    def test_hosts_that_are_written_so_are_known(self, host: str):
        assert names_local_host(host)

    @pytest.mark.parametrize("to", ["http://inside.test", f"http://{PRIVATE}", "http://0x7f000002"])
    def test_no_public_page_leads_into_one(self, to: str):
        names = Names(inside_test=PRIVATE)
        names.others["0x7f000002"] = PRIVATE
        for settings in (QUIET, ASKED_TOO):
            with Server({"/": page("secret")}, address=PRIVATE) as inside, Server({}) as server:
                server.routes["/"] = redirect(302, f"{to}:{inside.port}/")
                assert kind(server.url("/"), settings, resolve=names) == "private-network"
                assert inside.seen.requests == []

    def test_a_name_that_leads_into_one_is_not_asked(self):
        with Server({"/": page("secret")}, address=PRIVATE) as inside, Server({}) as server:
            address = f"http://inside.test:{inside.port}/"
            found = check([address, server.url("/")], resolve=Names(inside_test=PRIVATE))
            assert found.results[0].outcome.kind == "private-network"
            assert inside.seen.requests == []

    def test_one_that_a_page_names_is_told_and_not_asked(self):
        with Server({"/": page("secret")}, address=PRIVATE) as inside:
            assert kind(f"http://{PRIVATE}:{inside.port}/") == "local"
            assert kind("http://localhost:8000/") == "local"
            assert inside.seen.requests == []

    def test_one_that_a_page_names_is_asked_where_the_settings_say_so(self):
        routes = {"/": page("wiki"), "/moved": redirect(302, "/")}
        with Server(routes, address=PRIVATE) as inside:
            names = Names(wiki_test=PRIVATE)
            assert kind(f"http://{PRIVATE}:{inside.port}/", ASKED_TOO) == "ok"
            address = f"http://wiki.test:{inside.port}/moved"
            assert kind(address, ASKED_TOO, resolve=names) == "redirected-for-now"

    @pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://one.example/", "javascript:1"])
    def test_no_page_leads_to_another_scheme(self, to: str):
        with Server({"/": redirect(302, to)}) as server:
            assert kind(server.url("/")) == "bad-redirect"


class TestProxies:
    def test_all_goes_over_the_proxy_and_no_name_is_looked_up(self):
        names = Names()
        routes = {"http://far.test/page": page("fine"), "http://far.test/none": answer(404)}
        with Server(routes) as proxy:
            found = check(
                ["http://far.test/page", "http://far.test/none"],
                resolve=names,
                proxies={"http": f"http://127.0.0.1:{proxy.port}"},
            )
            assert [each.outcome.kind for each in found.results] == ["not-found", "ok"]
        assert names.asked == []

    def test_a_proxy_that_refuses_is_not_the_hosts_fault(self):
        with Server({}) as proxy:
            proxies = {"https": f"http://127.0.0.1:{proxy.port}"}
            routes = {"far.test:443": answer(403)}
            proxy.routes.update(routes)
            with Server({"/": page("")}) as server:
                found = check(["https://far.test/", server.url("/")], proxies=proxies)
            kinds = {each.address: each.outcome.kind for each in found.results}
            assert kinds["https://far.test/"] == "proxy-error"

    def test_a_redirect_into_a_private_network_is_not_followed(self):
        routes = {"http://far.test/": redirect(302, "http://169.254.169.254/latest")}
        with Server(routes) as proxy:
            proxies = {"http": f"127.0.0.1:{proxy.port}"}
            assert kind("http://far.test/", proxies=proxies) == "private-network"
            assert {each.path for each in proxy.seen.requests} == {"http://far.test/"}
