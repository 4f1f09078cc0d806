"""The calls of GitHub's REST API that are answered: just these, with GitHub's limits."""

from __future__ import annotations

import base64
import re
from typing import Any

from tests.github.api import ROUTES, Api, Call, Refusal, forbidden, route
from tests.github.git import GitError
from tests.github.state import Comment, Issue, Pull, Repository

__all__ = ["ROUTES"]

MAX_BODY = 65_536  # characters of a comment or an issue
MAX_SUMMARY = 65_535  # characters of a check's summary or text
MAX_MESSAGE = 64 << 10  # bytes of an annotation's message
MAX_ANNOTATIONS = 50  # in one call
MAX_BLOB = 100 << 20


# git


@route("GET", "/repos/{repo}/git/trees/{sha}", "contents")
def get_tree(api: Api, call: Call, repo: Repository, sha: str) -> Any:
    tree = repo.bare.resolve(f"{sha}^{{tree}}")
    if tree is None:
        raise Refusal(404, "Not Found")
    deep = ("-r", "-t") if call.query.get("recursive") else ()
    listed = repo.bare.git("ls-tree", "-z", "-l", *deep, tree).decode("utf-8", "replace")
    entries = []
    for line in listed.split("\0")[:-1]:
        told, path = line.split("\t", 1)
        mode, kind, entry, size = told.split()
        found = {"path": path, "mode": mode, "type": kind, "sha": entry}
        entries.append(found | ({"size": int(size)} if kind == "blob" else {}))
    return {"sha": tree, "tree": entries[:100_000], "truncated": len(entries) > 100_000}


@route("GET", "/repos/{repo}/git/blobs/{sha}", "contents")
def get_blob(api: Api, call: Call, repo: Repository, sha: str) -> Any:
    try:
        if not re.fullmatch(r"[0-9a-f]{40}", sha) or repo.bare.git("cat-file", "-t", sha) != b"blob\n":
            raise Refusal(404, "Not Found")
        size = int(repo.bare.git("cat-file", "-s", sha))
    except GitError:
        raise Refusal(404, "Not Found") from None
    if size > MAX_BLOB:
        errors = [{"resource": "Blob", "field": "data", "code": "too_large"}]
        raise Refusal(403, "This API returns blobs up to 100 MB in size.", errors=errors)
    data = base64.b64encode(repo.bare.git("cat-file", "blob", sha)).decode()
    lines = "".join(f"{data[at : at + 60]}\n" for at in range(0, len(data), 60))
    return {"sha": sha, "size": size, "content": lines, "encoding": "base64"}


@route("GET", "/repos/{repo}/compare/{basehead}", "contents")
def compare(api: Api, call: Call, repo: Repository, basehead: str) -> Any:
    base, found, head = basehead.partition("...")
    ids = [repo.bare.resolve(f"{name}^{{commit}}") for name in (base, head)]
    if not found or None in ids:
        raise Refusal(404, "Not Found")
    left, right = (str(sha) for sha in ids)
    try:
        merge_base = repo.bare.git("merge-base", left, right).decode().split()[0]
    except GitError:
        raise Refusal(404, f"No common ancestor between {base} and {head}.") from None
    ahead = repo.bare.git("rev-list", "--reverse", f"{left}..{right}").decode().split()
    behind = int(repo.bare.git("rev-list", "--count", f"{right}..{left}"))
    return {
        "status": "identical" if left == right else "diverged" if ahead and behind else "ahead" if ahead else "behind",
        "ahead_by": len(ahead),
        "behind_by": behind,
        "total_commits": len(ahead),
        "base_commit": {"sha": left},
        "merge_base_commit": {"sha": merge_base},
        "commits": [{"sha": sha} for sha in call.page(ahead)],
    }


@route("GET", "/repos/{repo}/commits/{ref}", "contents")
def get_commit(api: Api, call: Call, repo: Repository, ref: str) -> Any:
    sha = repo.bare.resolve(f"{ref}^{{commit}}")
    if sha is None:
        raise Refusal(422, f"No commit found for SHA: {ref}")
    message = repo.bare.git("log", "-1", "--format=%B", sha).decode("utf-8", "replace").rstrip()
    parents = repo.bare.git("log", "-1", "--format=%P", sha).decode().split()
    return {"sha": sha, "commit": {"message": message}, "parents": [{"sha": parent} for parent in parents]}


# Pull requests, their comments, and issues


@route("GET", "/repos/{repo}/pulls", "pull-requests")
def list_pulls(api: Api, call: Call, repo: Repository) -> Any:
    state, head = call.query.get("state", "open"), call.query.get("head", "")
    found = [pull for pull in repo.pulls.values() if state in (pull.state, "all")]
    if ":" in head:  # without an owner GitHub does not filter
        found = [pull for pull in found if f"{pull.head_owner}:{pull.branch}".lower() == head.lower()]
    return call.page(pull.shown_as_pull(api.server) for pull in reversed(found))


@route("GET", "/repos/{repo}/pulls/{number}", "pull-requests")
def get_pull(api: Api, call: Call, repo: Repository, number: str) -> Any:
    return _numbered(repo.pulls, number).shown_as_pull(api.server)


@route("GET", "/repos/{repo}/issues", "issues")
def list_issues(api: Api, call: Call, repo: Repository) -> Any:
    state, creator = call.query.get("state", "open"), call.query.get("creator")
    found = [issue for issue in repo.issues.values() if state in (issue.state, "all")]
    found = [issue for issue in found if creator in (None, issue.author)]
    return call.page(issue.shown(f"{api.server}/{repo.full_name}") for issue in reversed(found))


@route("POST", "/repos/{repo}/issues", "issues")
def open_issue(api: Api, call: Call, repo: Repository) -> Any:
    title = call.body.get("title")
    if not isinstance(title, str) or not title:
        raise _invalid("Issue", "title", "missing_field")
    issue = Issue(next(repo.numbers), call.token.login, title, _text(call, "Issue", optional=True), call.token.kind)
    repo.issues[issue.number] = issue
    return 201, issue.shown(f"{api.server}/{repo.full_name}")


@route("PATCH", "/repos/{repo}/issues/{number}", "issues", "pull-requests")
def edit_issue(api: Api, call: Call, repo: Repository, number: str) -> Any:
    issue: Issue = _numbered(repo.issues, number)
    _must_write(call, repo, issue)
    if "body" in call.body:
        issue.body = _text(call, "Issue", optional=True)
    if call.body.get("state", issue.state) not in ("open", "closed"):
        raise _invalid("Issue", "state", "invalid")
    issue.state, issue.title = call.body.get("state", issue.state), call.body.get("title", issue.title)
    return issue.shown(f"{api.server}/{repo.full_name}")


@route("GET", "/repos/{repo}/issues/{number}/comments", "issues", "pull-requests")
def list_comments(api: Api, call: Call, repo: Repository, number: str) -> Any:
    _must_write(call, repo, issue := _numbered(repo.issues, number))
    return call.page(comment.shown(f"{api.server}/{repo.full_name}") for comment in repo.comments_of(issue.number))


@route("POST", "/repos/{repo}/issues/{number}/comments", "issues", "pull-requests")
def write_comment(api: Api, call: Call, repo: Repository, number: str) -> Any:
    _must_write(call, repo, issue := _numbered(repo.issues, number))
    text = _text(call, "IssueComment")
    comment = Comment(next(api.comment_ids), issue.number, call.token.login, call.token.kind, text)
    repo.comments[comment.id] = comment
    return 201, comment.shown(f"{api.server}/{repo.full_name}")


@route("PATCH", "/repos/{repo}/issues/comments/{number}", "issues", "pull-requests")
def edit_comment(api: Api, call: Call, repo: Repository, number: str) -> Any:
    comment: Comment = _numbered(repo.comments, number)
    _must_own(call, repo, comment)
    comment.body, comment.edits = _text(call, "IssueComment"), comment.edits + 1
    return comment.shown(f"{api.server}/{repo.full_name}")


@route("DELETE", "/repos/{repo}/issues/comments/{number}", "issues", "pull-requests")
def delete_comment(api: Api, call: Call, repo: Repository, number: str) -> Any:
    comment: Comment = _numbered(repo.comments, number)
    _must_own(call, repo, comment)
    del repo.comments[comment.id]
    return 204, None


@route("POST", "/repos/{repo}/check-runs", "checks")
def make_check(api: Api, call: Call, repo: Repository) -> Any:
    if not call.token.is_app:
        raise Refusal(403, "You must authenticate via a GitHub App.")
    body = call.body
    for name in ("name", "head_sha"):
        if not isinstance(body.get(name), str) or not body[name]:
            raise _invalid("CheckRun", name, "missing_field")
    if not re.fullmatch("[0-9a-f]{40}", body["head_sha"]) or not repo.bare.resolve(f"{body['head_sha']}^{{commit}}"):
        raise Refusal(422, f"No commit found for SHA: {body['head_sha']}")
    allowed = ("action_required", "cancelled", "failure", "neutral", "success", "skipped", "timed_out")
    if body.get("status") == "completed" and body.get("conclusion") not in allowed:
        raise _invalid("CheckRun", "conclusion", "invalid")
    _check_output(body.get("output"))
    check = {"id": next(api.check_ids), **body}
    check["html_url"] = f"{api.server}/{repo.full_name}/runs/{check['id']}"
    repo.checks.append(check)
    return 201, check


@route("GET", "/user")
def who(api: Api, call: Call) -> Any:
    if call.token.is_app:
        raise forbidden(call)
    return {"login": call.token.login, "type": "User"}


def _check_output(output: Any) -> None:
    if output is None:
        return
    if not isinstance(output.get("title"), str) or not isinstance(output.get("summary"), str):
        raise _invalid("CheckRun", "output", "missing_field")
    if any(len(output.get(name) or "") > MAX_SUMMARY for name in ("summary", "text")):
        raise Refusal(422, "Invalid request.\n\nOnly 65535 characters are allowed; more were supplied.")
    annotations = output.get("annotations", [])
    if len(annotations) > MAX_ANNOTATIONS:
        raise Refusal(422, f"Invalid request.\n\nNo more than 50 items are allowed; {len(annotations)} were supplied.")
    for annotation in annotations:
        _check_annotation(annotation)


def _check_annotation(annotation: Any) -> None:
    kinds = {"path": str, "start_line": int, "end_line": int, "annotation_level": str, "message": str}
    for name, kind in kinds.items():
        if type(annotation.get(name)) is not kind:
            raise _invalid("CheckAnnotation", name, "missing_field")
    if annotation["annotation_level"] not in ("notice", "warning", "failure"):
        raise _invalid("CheckAnnotation", "annotation_level", "invalid")
    if not 1 <= annotation["start_line"] <= annotation["end_line"]:
        raise _invalid("CheckAnnotation", "start_line", "invalid")
    if len(annotation["message"].encode()) > MAX_MESSAGE or len(annotation.get("title", "")) > 255:
        raise _invalid("CheckAnnotation", "message", "too_long")


def _must_write(call: Call, repo: Repository, issue: Issue) -> None:
    """A pull request's comments need either scope, an issue's just `issues`."""
    scopes = ("issues", "pull-requests") if isinstance(issue, Pull) else ("issues",)
    if repo.full_name in call.token.grants or call.method != "GET":
        write = call.method != "GET"
        if not any(call.token.may(repo.full_name, scope, write) for scope in scopes):
            raise forbidden(call)


def _must_own(call: Call, repo: Repository, comment: Comment) -> None:
    """Who may write here may change every comment, as at GitHub; but its issue's scope counts."""
    _must_write(call, repo, repo.issues[comment.issue])


def _text(call: Call, resource: str, optional: bool = False) -> str:
    text = call.body.get("body", "" if optional else None)
    if not isinstance(text, str) or (not text.strip() and not optional):
        raise _invalid(resource, "body", "missing_field")
    if len(text) > MAX_BODY:
        raise _invalid(resource, "body", "body is too long (maximum is 65536 characters)")
    return text


def _invalid(resource: str, name: str, code: str) -> Refusal:
    return Refusal(422, "Validation Failed", errors=[{"resource": resource, "field": name, "code": code}])


def _numbered(things: dict[int, Any], number: str) -> Any:
    found = things.get(int(number)) if re.fullmatch(r"\d{1,12}", number) else None
    if found is None:
        raise Refusal(404, "Not Found")
    return found
