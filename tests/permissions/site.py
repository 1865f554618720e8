"""Rows of the site itself: home, health, theme, and the sign-in pages, which are allauth's."""

from tests.permissions.matrix import EVERYBODY, SIGNED_IN, Row, who

# allauth's pages guard themselves; a page about one's own account asks for a recent sign-in and so leads there first.
SIGN_IN = who(anonymous=200, alice=302, bob=302, charlie=302, pat=302, dana=302)
ROWS = [
    Row("home", SIGNED_IN),
    # A file: one query for each kind of thing that is kept about a person, however many there are of it.
    Row("my-data-download", SIGNED_IN, queries=50),
    Row("healthz", EVERYBODY),
    Row(
        "theme",
        who(anonymous=302, alice=302, bob=302, charlie=302, pat=302, dana=302),
        post=lambda w: {"theme": "dark"},
    ),
    # In the demo alone; tests/reverse_mentoring/views/test_demo.py has it there.
    Row("demo-sign-in", who(404, 404, 404, 404, 404, 404), post=lambda w: {"email": "hr@demo.example"}),
    Row("account_login", SIGN_IN),
    Row("account_signup", SIGN_IN),
    Row("account_inactive", EVERYBODY),
    Row("account_email", SIGNED_IN),
    Row("account_change_password", SIGNED_IN),
    Row("account_logout", who()),
    Row("usersessions_list", SIGNED_IN),
    Row("mfa_index", SIGNED_IN),
]
# Further pages of allauth: what they guard is tested there, by its own tests.
GUARDED_BY_ALLAUTH = {
    "account_confirm_email", "account_confirm_login_code", "account_email_verification_sent",
    "account_reauthenticate", "account_request_login_code", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "account_set_password",
    "mfa_activate_totp", "mfa_add_webauthn", "mfa_authenticate", "mfa_deactivate_totp", "mfa_download_recovery_codes",
    "mfa_edit_webauthn", "mfa_generate_recovery_codes", "mfa_list_webauthn", "mfa_login_webauthn",
    "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_signup_webauthn",
    "mfa_view_recovery_codes",
}  # fmt: skip
# readyz asks a worker; tests/reverse_mentoring/views has it.
TESTED_ELSEWHERE = {"readyz"}
