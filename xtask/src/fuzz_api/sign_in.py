"""Signs the fuzzing user in, again and again: some of the calls under test end sessions."""

import os

import requests
import schemathesis


@schemathesis.auth(refresh_interval=20)
class SignedIn:
    def get(self, case, context):
        login = {
            "email": os.environ["FUZZ_EMAIL"],
            "password": os.environ["FUZZ_PASSWORD"],
            "delivery": "body",
            "device_name": "schemathesis",
        }
        answer = requests.post(os.environ["FUZZ_URL"] + "/v1/auth/login", json=login, timeout=30)
        answer.raise_for_status()
        return answer.json()["access_token"]

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"
