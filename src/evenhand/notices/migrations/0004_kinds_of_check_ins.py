from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("notices", "0003_kinds_of_news_about_goals"),)

    operations = (
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("cycle_launched", "A self review can be written"),
                    ("self_review_submitted", "A self review is in"),
                    ("results_released", "Results can be read"),
                    ("review_handed_over", "A review is now yours to write"),
                    ("review_reopened", "A review was reopened"),
                    ("goal_proposed", "A goal is proposed"),
                    ("goal_change_proposed", "A change of a goal is proposed"),
                    ("goal_agreed", "A goal is agreed"),
                    ("goal_sent_back", "The proposal of a goal was sent back"),
                    ("goal_closed", "A goal was closed"),
                    ("goal_dropped", "A goal was dropped, which waits to be approved"),
                    ("goal_drop_approved", "A dropped goal no longer counts"),
                    ("goal_taken_up", "A goal is in force again"),
                    ("goals_weighed", "Goals were weighed"),
                    ("goals_moved", "Somebody comes to a team with goals"),
                    ("goals_asked_for", "Goals for a cycle are asked for"),
                    ("check_ins_due", "Goals wait for a check-in"),
                    ("check_ins_late", "Goals of people you lead wait for a check-in"),
                    ("reminder", "Reviews still to be written"),
                    ("assessment_asked", "An assessment asks for your part"),
                    ("assessment_proposed", "Somebody was proposed for an assessment"),
                    ("assessment_closed", "An assessment is closed"),
                    ("workshop_collecting", "A workshop collects incidents"),
                    ("workshop_sorting", "A workshop has incidents to sort"),
                    ("workshop_scaling", "A workshop has incidents to scale"),
                    ("workshop_round_closed", "The votes of a workshop are in"),
                ],
                max_length=30,
            ),
        ),
    )
