"""The pages about accounts that Django renders: signing in and its second step, one's own account, invitations, forgotten passwords, and
the first account of an installation and of a restaurant. What they show and do is in ``tenants``."""
