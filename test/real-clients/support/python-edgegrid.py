"""Sends requests as scripts for Akamai's APIs do: a session of `requests` with Debian's python3-edgegrid.

Standard input: {"credentials": {...}, "requests": [[method, path, body or null], ...]}; the CA comes from
REQUESTS_CA_BUNDLE. Standard output: {"status", "contentType", "body"} of each answer, one a line.
"""
import json
import sys

import requests
from akamai.edgegrid import EdgeGridAuth

job = json.load(sys.stdin)
credentials = job["credentials"]
session = requests.Session()
session.auth = EdgeGridAuth(
    client_token=credentials["clientToken"],
    client_secret=credentials["clientSecret"],
    access_token=credentials["accessToken"],
)
for method, path, body in job["requests"]:
    answer = session.request(method, "https://" + credentials["host"] + path, json=body)
    print(
        json.dumps(
            {
                "status": answer.status_code,
                "contentType": answer.headers.get("content-type"),
                "body": answer.json() if answer.text else None,
            }
        )
    )
