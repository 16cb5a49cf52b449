"""Words of lists of evaluations 评估; what an evaluation says is said in the words of projects."""

COMMANDS = ("evaluation", "评估", "做过的评估，超期没有评估的项目", 95)
