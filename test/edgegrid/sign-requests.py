"""Signs prepared requests with Debian's python3-edgegrid: JSON on standard input, one Authorization header a line."""
import json
import sys

import requests
from akamai.edgegrid import EdgeGridAuth

job = json.load(sys.stdin)
auth = EdgeGridAuth(
    client_token=job["clientToken"], client_secret=job["clientSecret"], access_token=job["accessToken"]
)
for each in job["requests"]:
    body = each.get("body")
    data = None if body is None else body.encode("utf-8")
    url = "https://" + job["host"] + each["target"]
    prepared = requests.Request(each["method"], url, data=data).prepare()
    print(json.dumps({"target": prepared.path_url, "authorization": auth(prepared).headers["Authorization"]}))
