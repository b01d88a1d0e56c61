"""The route by which people are imported, and a file that anybody's own unit could send."""

from .routes import Route, post

HEADER = "staff_number,name,language,zone,posts"
ROW = f"{HEADER}\nS-new,Zhao Liu,zh-CN,Asia/Shanghai,{{unit}}/engineer\n"
ROUTES: dict[str, Route] = {"people_imports.import_staff": post("/v1/people/imports", ROW)}
